using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swp.Grains.Clients;
using Swp.Grains.Draining;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Draining;

/// <summary>A stopping owner's clients move a few at a time.</summary>
public sealed class ClientMovesTests
{
    private const int Gateways = 2;
    private const int ClientsOfEach = 40;
    private const int AtOnce = Gateways * ClientMoves.AtOnce;

    private readonly HostileTimeProvider _time = new();
    private readonly AttachedClients _attached = new();
    private readonly TwoOwners _cluster = new();
    private readonly ConcurrentQueue<LeavingClient> _leaving = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ClientMoves _moves;
    private bool _hasNext = true;

    public ClientMovesTests()
    {
        for (var client = 0; client < Gateways * ClientsOfEach; client++)
        {
            _attached.Add(new AttachedClient(Members.Gateway(client % Gateways), client, 1, TaskScheduler.Default, new LeavingClient(_leaving)));
        }

        _moves = new ClientMoves(_attached, _cluster, new LocalOwner(), Options.Create(new HostOptions { ShutdownTimeout = TimeSpan.FromSeconds(30) }), _time, NullLogger<ClientMoves>.Instance);
    }

    [Fact]
    public async Task WhenTheClusterKnowsThatTheOwnerStops_ItHasLeft()
    {
        var left = _moves.HasLeftAsync(_cancellation.Token);
        Assert.False(left.IsCompleted);
        _cluster.Leave();
        Assert.True(await left.DefaultTimeout());
    }

    [Fact]
    public async Task TheClusterCannotBeTold_ItIsNotWaitedForLong()
    {
        var left = _moves.HasLeftAsync(_cancellation.Token);
        await AdvanceUntilAsync(() => left.IsCompleted, TimeSpan.FromMilliseconds(100));
        Assert.False(await left);
    }

    [Fact]
    public async Task OneThatHasMoved_MakesRoomForTheNext_ButNotSoonerThanItsGatewayCanFollow()
    {
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        Assert.True(_leaving.TryDequeue(out var client));
        client.Left.SetResult();
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(AtOnce - 1, _leaving.Count);
        await AdvanceUntilAsync(() => _leaving.Count == AtOnce, TimeSpan.FromMilliseconds(1));

        for (var left = (Gateways * ClientsOfEach) - 1; left > 0; left--)
        {
            await AdvanceUntilAsync(() => !_leaving.IsEmpty, TimeSpan.FromMilliseconds(1));
            Assert.False(moves.IsCompleted);
            Assert.True(_leaving.TryDequeue(out client));
            client.Left.SetResult();
        }

        await AdvanceUntilAsync(() => moves.IsCompleted, TimeSpan.FromMilliseconds(10));
        await moves;
        Assert.Empty(_leaving);
    }

    [Fact]
    public async Task OneThatTakesLong_KeepsNobodyWaiting()
    {
        var moves = RunAsync();
        await AdvanceUntilAsync(() => _leaving.Count > AtOnce, TimeSpan.FromMilliseconds(50));
        await EndAsync(moves);
    }

    [Fact]
    public async Task OneThatFails_KeepsNobodyWaiting()
    {
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        foreach (var client in _leaving)
        {
            client.Left.SetException(new InvalidOperationException("It does not want to."));
        }

        await AdvanceUntilAsync(() => _leaving.Count > AtOnce, TimeSpan.FromMilliseconds(10));
        await EndAsync(moves);
    }

    [Fact]
    public async Task AThirdOfTheStopIsOver_WhatIsLeftIsLeft()
    {
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        _time.Advance(TimeSpan.FromSeconds(10));
        await moves.DefaultTimeout();
        Assert.True(_leaving.Count < Gateways * ClientsOfEach);
    }

    [Fact]
    public async Task NobodyIsLeftToMoveTo_NobodyMovesAnyMore()
    {
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        _hasNext = false;
        await AdvanceUntilAsync(() => moves.IsCompleted, TimeSpan.FromMilliseconds(50));
        Assert.Equal(AtOnce, _leaving.Count);
    }

    [Fact]
    public async Task TheStopIsInAHurry_Ends()
    {
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        await EndAsync(moves);
        Assert.Equal(AtOnce, _leaving.Count);
    }

    private Task RunAsync() => _moves.RunAsync(() => _hasNext, _cancellation.Token);

    private async Task EndAsync(Task moves)
    {
        await _cancellation.CancelAsync();
        await moves.DefaultTimeout();
    }

    private Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step) => Eventually.True(() =>
    {
        if (condition())
        {
            return true;
        }

        _time.Advance(step);
        return false;
    });
}
