namespace Swp.Deploy.Tests.Manifests;

/// <summary>Every overlay there is: a new directory is tested without being listed.</summary>
public sealed class OverlayNames : TheoryData<string>
{
    public OverlayNames()
    {
        foreach (var directory in Directory.GetDirectories(Path.Combine(Swp.Testing.Processes.BuiltProgram.Root, "deploy", "k8s", "overlays")))
        {
            Add(Path.GetFileName(directory));
        }
    }
}
