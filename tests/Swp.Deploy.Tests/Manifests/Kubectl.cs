using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>Builds an overlay as an operator does: <c>kubectl kustomize</c>. It asks no cluster.</summary>
internal static partial class Kubectl
{
    // Before it, kubectl had kustomize 2.0.3: Debian 12 still does.
    private const int FirstWithNewKustomize = 21;

    private static readonly Lazy<int> Version = new(() =>
        ReportedVersion().Match(Run("version", "--client").Output) is { Success: true } version
            ? int.Parse(version.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("kubectl version --client names no version 1.x."));

    /// <summary>The manifests of a directory below <c>deploy/k8s</c>.</summary>
    public static string Kustomize(string directory)
    {
        if (Version.Value < FirstWithNewKustomize)
        {
            return KustomizeInOldWords(directory);
        }

        var (manifests, warnings) = Run("kustomize", Path.Combine(BuiltProgram.Root, "deploy", "k8s", directory));

        // What is deprecated now is gone in the next version.
        return warnings.Length == 0 ? manifests : throw new InvalidOperationException($"kubectl kustomize {directory} warns: {warnings}");
    }

    /// <summary>The same, written as an old kubectl reads it. A newer one warns of that and makes the same of it.</summary>
    public static string KustomizeInOldWords(string directory)
    {
        using var copy = new TemporaryDirectory();
        OldKustomizations.Write(Path.Combine(BuiltProgram.Root, "deploy", "k8s"), copy.Path);
        return Run("kustomize", Path.Combine(copy.Path, directory)).Output;
    }

    private static (string Output, string Warnings) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (output, errors.Result)
                : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)} ended with code {process.ExitCode}: {errors.Result}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("kubectl is missing. Debian: apt-get install kubernetes-client; else https://kubernetes.io/docs/tasks/tools.", e);
        }
    }

    // Client Version: v1.32.4, or version.Info{Major:"1", Minor:"20", GitVersion:"v1.20.2", …}.
    [GeneratedRegex(@"v1\.(?<minor>\d+)")]
    private static partial Regex ReportedVersion();
}
