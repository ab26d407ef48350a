using Orleans;
using Orleans.Runtime;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Starts and stops what would live and die with a silo.</summary>
internal sealed class TestLifecycle : ISiloLifecycle
{
    private readonly List<ILifecycleObserver> _observers = [];

    public int HighestCompletedStage => int.MaxValue;

    public int LowestStoppedStage => int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _observers.Add(observer);
        return new MemoryStream();
    }

    public async Task StartAsync()
    {
        foreach (var observer in _observers)
        {
            await observer.OnStart(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        foreach (var observer in _observers)
        {
            await observer.OnStop(CancellationToken.None);
        }
    }
}
