using k8s.Models;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Settings;

/// <summary>Secrets are referred to; none is in the repository.</summary>
public sealed class SecretTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void No_secret_is_part_of_the_manifests(string name)
    {
        var overlay = Overlay.Of(name);

        Assert.Empty(overlay.All<V1Secret>());
        Assert.All(overlay.All<V1ConfigMap>().SelectMany(map => map.Data), item =>
        {
            Assert.DoesNotContain("ApiKeys", item.Key, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Redis", item.Key.Replace("redis.conf", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("(?im)^ *(requirepass|masterauth|.*password=)", item.Value);
        });
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_member_gets_its_secrets_as_files_where_it_looks_for_them(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var member in overlay.Members)
        {
            var directory = PodSettings.Of(overlay, member)["Swp:SettingsDirectory"];
            var mount = Assert.Single(member.Container.VolumeMounts, mount => mount.MountPath == directory);
            Assert.True(mount.ReadOnlyProperty);

            // A part of a volume is not replaced when the secret is.
            Assert.Null(mount.SubPath);
            var projected = Assert.Single(member.Pod.Volumes, volume => volume.Name == mount.Name).Projected;

            // Readable by the process' group only.
            Assert.Equal(Convert.ToInt32("0440", 8), projected.DefaultMode);
            Assert.Contains(projected.Sources, source => source.Secret.Name == "swp-redis" && source.Secret.Items.Single().Path == "Swp__Redis");
            Assert.All(member.Container.Env, variable => Assert.Null(variable.ValueFrom?.SecretKeyRef));
        }

        // Owners have no server API, and nothing to do with its keys.
        Assert.Contains(SecretsOf(overlay, "swp-gateway"), secret => secret == "swp-api-keys");
        Assert.DoesNotContain(SecretsOf(overlay, "swp-owner"), secret => secret == "swp-api-keys");
    }

    private static IEnumerable<string> SecretsOf(Overlay overlay, string workload) =>
        overlay.Workload(workload).Pod.Volumes.Where(volume => volume.Projected is not null).SelectMany(volume => volume.Projected.Sources).Select(source => source.Secret.Name);
}
