using System.Net;
using Swp.Testing.Processes;

namespace Swp.Bench.Contenders;

/// <summary>A contender that runs: where its clients connect, where it is asked, and what it takes.</summary>
internal sealed class Topology : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _processes = [];

    /// <summary>How its clients speak: a dialect of the load.</summary>
    public string Dialect { get; set; } = "";

    /// <summary>Where clients connect.</summary>
    public IPEndPoint[] Servers { get; set; } = [];

    /// <summary>Where they connect when that node is gone.</summary>
    public IPEndPoint[] Refuge { get; set; } = [];

    /// <summary>The process whose callers call, or that sends to everybody: another node than the clients'.</summary>
    public Uri? Control { get; set; }

    /// <summary>The HTTP entry: another node than the clients'.</summary>
    public Uri? Entry { get; set; }

    /// <summary>All server processes, the backplane's among them.</summary>
    public List<int> Pids { get; } = [];

    /// <summary>The node of the clients.</summary>
    public int? Victim { get; set; }

    /// <summary>Ends what has been started with it, the last one first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>It ends with the topology, and counts as one of its servers.</summary>
    public T Own<T>(T process, int pid)
        where T : IAsyncDisposable
    {
        _processes.Add(process);
        Pids.Add(pid);
        return process;
    }

    /// <summary>Starts a member and waits until it is ready; it ends with the topology even when it is never.</summary>
    public async Task<SwpProcess> StartAsync(SwpProcess process)
    {
        try
        {
            await process.StartAsync();
            return process;
        }
        finally
        {
            Own(process, process.Id);
        }
    }
}
