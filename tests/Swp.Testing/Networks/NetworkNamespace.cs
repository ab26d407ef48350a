using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Swp.Testing.Networks;

/// <summary>The network namespaces that these tests make. Their names carry the process that made them.</summary>
internal static partial class NetworkNamespace
{
    private const string Directory = "/var/run/netns";
    private const int CloneNewNet = 0x4000_0000;

    /// <summary>What the names of everything begin with that this process makes.</summary>
    public static string Prefix => $"swp-{Environment.ProcessId}-";

    /// <summary>Makes a socket where the calling thread is.</summary>
    public static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Makes a socket in a namespace. It stays there, whoever uses it.</summary>
    public static Task<Socket> CreateSocketAsync(string name)
    {
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own that ends right after: one of the pool would stay in the namespace.
        new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"{Directory}/{name}", share: FileShare.ReadWrite);
                if (SetNs(file, CloneNewNet) != 0)
                {
                    throw new Win32Exception();
                }

                made.SetResult(NewSocket());
            }
            catch (Exception e)
            {
                made.SetException(e);
            }
        })
        { IsBackground = true }.Start();
        return made.Task;
    }

    /// <summary>Ends what still runs in a namespace, and removes it.</summary>
    public static async Task DeleteAsync(string name)
    {
        foreach (var id in (await NetworkCommand.RunAsync("", "ip", "netns", "pids", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                using var process = Process.GetProcessById(int.Parse(id));
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended by itself.
            }
        }

        await NetworkCommand.RunAsync("", "ip", "netns", "delete", name);
    }

    /// <summary>Removes what runs have left that were killed.</summary>
    public static async Task DeleteLeftoversAsync()
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return;
        }

        foreach (var name in System.IO.Directory.GetFiles(Directory).Select(path => Path.GetFileName(path)))
        {
            if (NamePattern().Match(name) is { Success: true } match && !System.IO.Directory.Exists($"/proc/{match.Groups["process"].Value}"))
            {
                try
                {
                    await DeleteAsync(name);
                }
                catch (InvalidOperationException)
                {
                    // Another run was faster.
                }
            }
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNs(SafeHandle file, int kind);

    [GeneratedRegex(@"^swp-(?<process>\d+)-")]
    private static partial Regex NamePattern();
}
