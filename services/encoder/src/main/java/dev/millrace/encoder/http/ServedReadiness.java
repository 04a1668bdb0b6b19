package dev.millrace.encoder.http;

import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import dev.millrace.encoder.versions.follow.ChannelFollower;
import dev.millrace.encoder.versions.watch.PromotionWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as there is a version to answer with; says why it may not be the right one, or not for long. */
@Readiness
@ApplicationScoped
class ServedReadiness implements HealthCheck {
    private final ServedVersion served;
    private final ChannelFollower follower;
    private final PromotionWatch watch;

    ServedReadiness(ServedVersion served, ChannelFollower follower, PromotionWatch watch) {
        this.served = served;
        this.follower = follower;
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        final Optional<VersionInfo> info = served.info();
        return HealthCheckResponse.named("served version")
                .status(info.isPresent())
                .withData("version", info.map(VersionInfo::version).orElse("none"))
                .withData("channel", follower.trouble().orElse("followed"))
                .withData("rollback", watch.verdict().orElse("none"))
                .build();
    }
}
