using System.Collections.Concurrent;
using k8s;
using k8s.Models;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>One overlay as Kubernetes would get it, in Kubernetes' own types.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Lazy<Overlay>> Built = new();

    private Overlay(string name, IReadOnlyList<object> objects)
    {
        Name = name;
        Objects = objects;
    }

    public string Name { get; }

    public IReadOnlyList<object> Objects { get; }

    /// <summary>Everything that makes pods.</summary>
    public IEnumerable<Workload> Workloads =>
        All<V1Deployment>().Select(deployment => new Workload(deployment.Name(), deployment.Spec.Selector, deployment.Spec.Template))
            .Concat(All<V1StatefulSet>().Select(set => new Workload(set.Name(), set.Spec.Selector, set.Spec.Template)));

    /// <summary>The pods that are members of the cluster: their settings are ours.</summary>
    public IEnumerable<Workload> Members => Workloads.Where(workload => workload.Name is "swp-owner" or "swp-gateway");

    /// <summary>An overlay, built once.</summary>
    public static Overlay Of(string name) =>
        Built.GetOrAdd(name, key => new Lazy<Overlay>(() => new Overlay(key, Parse(Kubectl.Kustomize($"overlays/{key}"))))).Value;

    /// <summary>Reads manifests. A field that Kubernetes does not have, or one that is there twice, is an error.</summary>
    public static IReadOnlyList<object> Parse(string manifests) => KubernetesYaml.LoadAllFromString(manifests, strict: true);

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    public T Get<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => Assert.Single(All<T>(), item => item.Name() == name);

    public Workload Workload(string name) => Assert.Single(Workloads, workload => workload.Name == name);

    /// <summary>Whether a selector takes a workload's pods.</summary>
    public static bool Selects(V1LabelSelector selector, V1PodTemplateSpec pod) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value)
        && (selector.MatchExpressions ?? []).All(expression => Holds(expression, pod.Metadata.Labels));

    private static bool Holds(V1LabelSelectorRequirement expression, IDictionary<string, string> labels) => expression.OperatorProperty switch
    {
        "In" => labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value),
        "NotIn" => !labels.TryGetValue(expression.Key, out var value) || !expression.Values.Contains(value),
        "Exists" => labels.ContainsKey(expression.Key),
        "DoesNotExist" => !labels.ContainsKey(expression.Key),
        _ => throw new InvalidOperationException($"Kubernetes has no operator '{expression.OperatorProperty}'."),
    };
}
