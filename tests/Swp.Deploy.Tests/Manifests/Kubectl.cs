using System.Diagnostics;
using Swp.Testing.Processes;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>Builds an overlay as an operator does: <c>kubectl kustomize</c>. It asks no cluster.</summary>
internal static class Kubectl
{
    /// <summary>The manifests of a directory below <c>deploy/k8s</c>.</summary>
    public static string Kustomize(string directory)
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(BuiltProgram.Root, "deploy", "k8s", directory)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var manifests = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            // A warning is a failure too: what is deprecated now is gone in the next version.
            return process.ExitCode == 0 && errors.Result.Length == 0
                ? manifests
                : throw new InvalidOperationException($"kubectl kustomize {directory} (1.27 or newer?) ended with code {process.ExitCode}: {errors.Result}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("kubectl is missing: https://kubernetes.io/docs/tasks/tools (Debian: kubernetes-client; 1.27 or newer).", e);
        }
    }
}
