using k8s.Models;
using Microsoft.Extensions.Configuration;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Settings;

/// <summary>The configuration a member gets in its pod: what a program reads, not what a file says.</summary>
internal static class PodSettings
{
    /// <summary>The environment of the workload's container, as the kubelet makes it; of fields of the pod, examples.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(Overlay overlay, Workload workload)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in workload.Container.EnvFrom ?? [])
        {
            foreach (var (key, value) in overlay.Get<V1ConfigMap>(source.ConfigMapRef.Name).Data)
            {
                environment[key] = value;
            }
        }

        foreach (var variable in workload.Container.Env ?? [])
        {
            environment[variable.Name] = variable.Value ?? variable.ValueFrom.FieldRef.FieldPath switch
            {
                "metadata.name" => $"{workload.Name}-7d9f8-abcde",
                "status.podIP" => "10.1.2.3",
                var field => throw new InvalidOperationException($"{workload.Name}: {variable.Name} is {field}."),
            };
        }

        return environment;
    }

    /// <summary>The same, read as ASP.NET Core does.</summary>
    public static IConfigurationRoot Of(Overlay overlay, Workload workload) => Of(EnvironmentOf(overlay, workload));

    /// <inheritdoc cref="Of(Overlay, Workload)"/>
    public static IConfigurationRoot Of(IEnumerable<KeyValuePair<string, string>> environment) => new ConfigurationBuilder()
        .AddInMemoryCollection(environment.Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)))
        .Build();
}
