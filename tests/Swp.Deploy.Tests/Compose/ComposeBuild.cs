namespace Swp.Deploy.Tests.Compose;

/// <summary>How the image of a service is built.</summary>
internal sealed class ComposeBuild
{
    public required string Context { get; set; }

    public required string Dockerfile { get; set; }

    public required string Target { get; set; }
}
