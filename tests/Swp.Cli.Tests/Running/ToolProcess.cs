using Swp.Testing.Processes;

namespace Swp.Cli.Tests.Running;

/// <summary>The tool as a person starts it.</summary>
internal static class ToolProcess
{
    /// <summary>Not started yet.</summary>
    public static TestProcess Of(string url, string webSocketUrl, params string[] arguments)
    {
        // Whoever runs the tests in the background has them ignore Ctrl+C, which a child inherits.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : ["env"];
        return new TestProcess(
            "swp",
            prefix[0],
            [.. prefix[1..], "dotnet", BuiltProgram.Find("Swp.Cli", "swp"), .. arguments],
            new Dictionary<string, string?> { ["SWP_URL"] = url, ["SWP_WS_URL"] = webSocketUrl });
    }
}
