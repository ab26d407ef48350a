using System.Xml.Linq;
using Swp.Deploy.Tests.Manifests;
using Swp.Testing.Processes;

namespace Swp.Deploy.Tests.Images;

/// <summary>Images made with Docker, images made by the SDK and the pods that run them say the same.</summary>
public sealed class ImageTests
{
    private const string Base = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled";

    private static readonly XElement Properties = XElement.Load(Path.Combine(BuiltProgram.Root, "deploy", "docker", "Image.props"));

    [Theory]
    [InlineData("silo", "Swp.Silo", "swp-owner")]
    [InlineData("gateway", "Swp.Gateway", "swp-gateway")]
    [InlineData("standalone", "Swp.Standalone", null)]
    public void An_image_runs_its_program_on_the_chiselled_base_without_root(string target, string project, string? workload)
    {
        var stage = Dockerfile.Read()[target];

        Assert.Equal(Base, Value(stage, "FROM"));
        Assert.Equal("1654:1654", Value(stage, "USER"));
        Assert.Equal($"[\"dotnet\", \"{project}.dll\"]", Value(stage, "ENTRYPOINT"));
        Assert.Contains($"publish.sh {project} /app", Value(Dockerfile.Read()[$"publish-{target}"], "RUN"), StringComparison.Ordinal);
        if (workload is not null)
        {
            var pods = Overlay.Of("production").Workload(workload);
            Assert.Equal(1654, pods.Pod.SecurityContext.RunAsUser);
            Assert.Equal(pods.Container.Ports.Select(port => $"{port.ContainerPort}"), Value(stage, "EXPOSE").Split(' '));
            Assert.Contains($"swp-{target}:", pods.Container.Image, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_SDK_makes_them_of_the_same()
    {
        Assert.Equal(Base, Property("ContainerBaseImage"));
        Assert.Equal("1654", Property("ContainerUser"));
        Assert.Equal("/app/", Property("ContainerWorkingDirectory"));
    }

    [Theory]
    [InlineData("Swp.Silo")]
    [InlineData("Swp.Gateway")]
    [InlineData("Swp.Standalone")]
    public void Every_program_takes_the_images_settings(string project) => Assert.Contains(
        XElement.Load(Path.Combine(BuiltProgram.Root, "src", project, $"{project}.csproj")).Elements("Import"),
        import => import.Attribute("Project")!.Value == "../../deploy/docker/Image.props");

    // What is left out of the context is not there when it is copied.
    [Fact]
    public void Everything_that_is_copied_is_part_of_the_context()
    {
        var context = File.ReadAllLines(Path.Combine(BuiltProgram.Root, ".dockerignore"));
        var copied = Dockerfile.Read()["source"].Where(step => step.Name == "COPY").SelectMany(step => step.Value.Split(' ')[..^1]);

        Assert.All(copied, path =>
        {
            Assert.Contains($"!{path}", context);
            Assert.True(Path.Exists(Path.Combine(BuiltProgram.Root, path)), path);
        });
    }

    private static string Property(string name) => Properties.Elements("PropertyGroup").Elements(name).Single().Value;

    private static string Value(IEnumerable<(string Name, string Value)> stage, string name) => stage.Last(step => step.Name == name).Value;
}
