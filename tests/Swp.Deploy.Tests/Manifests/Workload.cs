using k8s.Models;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>What makes pods: a Deployment or a StatefulSet.</summary>
internal sealed record Workload(string Name, V1LabelSelector Selector, V1PodTemplateSpec Template)
{
    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Assert.Single(Pod.Containers);

    /// <summary>The number of a named port.</summary>
    public int Port(string name) => Assert.Single(Container.Ports, port => port.Name == name).ContainerPort;
}
