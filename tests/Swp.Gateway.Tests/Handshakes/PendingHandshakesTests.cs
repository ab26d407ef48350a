using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Swp.Gateway.Handshakes;

namespace Swp.Gateway.Tests.Handshakes;

public sealed class PendingHandshakesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PendingHandshakes _pending;

    public PendingHandshakesTests() => _pending = new PendingHandshakes(_time);

    [Fact]
    public async Task CutOverdue_NoWebSocketInTime_IsCut()
    {
        await using var connection = new TestedConnection();
        _pending.Add(connection);

        _time.Advance(PendingHandshakes.Patience);
        _pending.CutOverdue();
        Assert.False(connection.IsCut);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _pending.CutOverdue();

        Assert.True(connection.IsCut);
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public async Task CutOverdue_WebSocketInTime_IsLeftAlone()
    {
        await using var connection = new TestedConnection();
        _pending.Add(connection);

        _pending.Remove(RequestOn(connection));
        _time.Advance(PendingHandshakes.Patience * 2);
        _pending.CutOverdue();

        Assert.False(connection.IsCut);
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public async Task CutOverdue_HasEnded_IsForgottenAtOnce()
    {
        await using var connection = new TestedConnection();
        _pending.Add(connection);

        await connection.EndAsync();
        _pending.CutOverdue();

        Assert.False(connection.IsCut);
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void Remove_RequestOfAnotherListener_IsNothing() => _pending.Remove(new DefaultHttpContext());

    // As the server does it: a request has the features of its connection.
    private static DefaultHttpContext RequestOn(ConnectionContext connection) => new(new FeatureCollection(connection.Features));

    private sealed class TestedConnection : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();

        public TestedConnection() => ConnectionClosed = _closed.Token;

        public bool IsCut { get; private set; }

        public Task EndAsync() => _closed.CancelAsync();

        public override void Abort(ConnectionAbortedException abortReason) => IsCut = true;

        public override async ValueTask DisposeAsync()
        {
            _closed.Dispose();
            await base.DisposeAsync();
        }
    }
}
