using System.Net.WebSockets;
using System.Text;
using Swp.Gateway.Connections;
using Swp.Protocol;
using Swp.Testing.Sockets;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Connections;

public sealed class WebSocketTransportTests : IDisposable
{
    private const int Limit = 1_000;

    private readonly InMemoryWebSockets _sockets = new(64 * 1024);
    private readonly WebSocketTransport _transport;

    public WebSocketTransportTests() => _transport = new WebSocketTransport(_sockets.Server);

    public void Dispose() => _sockets.Dispose();

    [Fact]
    public async Task Receive_OneFragment_IsTheMessage()
    {
        await SendAsync("叫号");
        Assert.Equal((ReceiveStatus.Text, "叫号"), await ReceiveAsync());
    }

    [Fact]
    public async Task Receive_Empty_IsAnEmptyMessage()
    {
        await SendAsync("");
        Assert.Equal((ReceiveStatus.Text, ""), await ReceiveAsync());
        await SendAsync("next");
        Assert.Equal((ReceiveStatus.Text, "next"), await ReceiveAsync());
    }

    [Fact]
    public async Task Receive_ManyFragments_AreJoined()
    {
        var text = new string('x', Limit);
        for (var i = 0; i < Limit; i++)
        {
            await SendAsync(text[i..(i + 1)], end: i == Limit - 1);
        }

        Assert.Equal((ReceiveStatus.Text, text), await ReceiveAsync());
    }

    [Fact]
    public async Task Receive_FragmentsThatCutACharacter_AreJoined()
    {
        var bytes = Encoding.UTF8.GetBytes("叫😀");
        for (var i = 0; i < bytes.Length; i++)
        {
            await _sockets.Client.SendAsync(bytes.AsMemory(i, 1), WebSocketMessageType.Text, i == bytes.Length - 1, CancellationToken.None);
        }

        Assert.Equal((ReceiveStatus.Text, "叫😀"), await ReceiveAsync());
    }

    [Fact]
    public async Task Receive_EmptyLastFragment_EndsTheMessage()
    {
        await SendAsync("ab", end: false);
        await SendAsync("", end: false);
        await SendAsync("", end: true);
        Assert.Equal((ReceiveStatus.Text, "ab"), await ReceiveAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(40_000)]
    public async Task Receive_ExactlyTheLimit_IsTaken_OneMoreIsNot(int limit)
    {
        await SendAsync(new string('x', limit));
        Assert.Equal((ReceiveStatus.Text, new string('x', limit)), await ReceiveAsync(limit));
        await SendAsync(new string('x', limit + 1));
        Assert.Equal(ReceiveStatus.TooBig, (await ReceiveAsync(limit)).Status);
    }

    [Fact]
    public async Task Receive_OverTheLimit_IsNotBufferedWhole()
    {
        const int Huge = 4 * 1024 * 1024;
        var sending = _sockets.Client.SendAsync(new byte[Huge].AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();

        Assert.Equal(ReceiveStatus.TooBig, await _transport.ReceiveAsync(Limit).DefaultTimeout());

        Assert.InRange(_transport.Message.Length, Limit + 1, 4 * Limit);
        Assert.InRange(_sockets.BytesReadByServer, Limit + 1, 64 * 1024);
        Assert.False(sending.IsCompleted);
        _sockets.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending).DefaultTimeout();
    }

    [Fact]
    public async Task Receive_OverTheLimitAndNeverEnded_IsKnownAtOnce()
    {
        await SendAsync(new string('x', Limit), end: false);
        var receiving = ReceiveAsync();
        await SendAsync("y", end: false);
        Assert.Equal(ReceiveStatus.TooBig, (await receiving).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Receive_Binary_IsBinary(string text)
    {
        await _sockets.Client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        Assert.Equal(ReceiveStatus.Binary, (await ReceiveAsync()).Status);
    }

    [Fact]
    public async Task Receive_CloseFrame_IsClosed()
    {
        await _sockets.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(ReceiveStatus.Closed, (await ReceiveAsync()).Status);
    }

    [Fact]
    public async Task Receive_ConnectionReset_IsClosed()
    {
        await SendAsync("ab", end: false);
        var receiving = ReceiveAsync();
        _sockets.Client.Abort();
        Assert.Equal(ReceiveStatus.Closed, (await receiving).Status);
    }

    [Fact]
    public async Task Receive_Aborted_IsClosed()
    {
        var receiving = ReceiveAsync();
        _transport.Abort();
        Assert.Equal(ReceiveStatus.Closed, (await receiving).Status);
    }

    [Fact]
    public async Task Receive_NotUtf8_IsClosedAndThePeerSees1007()
    {
        await _sockets.Client.SendAsync(new byte[] { (byte)'"', 0xFF, (byte)'"' }, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.Equal(ReceiveStatus.Closed, (await ReceiveAsync()).Status);
        var result = await _sockets.Client.ReceiveAsync(new byte[16], CancellationToken.None).DefaultTimeout();
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.InvalidPayloadData), (result.MessageType, result.CloseStatus));
    }

    [Fact]
    public async Task Receive_WithoutAMask_IsClosedAndThePeerSeesAProtocolError()
    {
        byte[] frame = [0x81, 0x08, .. "{\"a\": 1}"u8];
        await _sockets.SendRawAsync(frame);
        Assert.Equal(ReceiveStatus.Closed, (await ReceiveAsync()).Status);
        var result = await _sockets.Client.ReceiveAsync(new byte[16], CancellationToken.None).DefaultTimeout();
        Assert.Equal(WebSocketCloseStatus.ProtocolError, result.CloseStatus);
    }

    [Fact]
    public async Task Drain_ReadsUntilThePeerHasClosed()
    {
        await SendAsync(new string('x', 10_000), end: false);
        Assert.Equal(ReceiveStatus.TooBig, (await ReceiveAsync()).Status);
        var draining = _transport.DrainAsync().AsTask();
        await SendAsync(new string('y', 20_000));
        await SendAsync("more");
        Assert.False(draining.IsCompleted);
        await _sockets.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await draining.DefaultTimeout();
    }

    [Fact]
    public async Task Drain_ThePeerGoesOnSending_IsCutOff()
    {
        var draining = _transport.DrainAsync().AsTask();
        var flood = new byte[64 * 1024];
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (var sent = 0; sent <= WebSocketTransport.MaxDrained * 2; sent += flood.Length)
            {
                await _sockets.Client.SendAsync(flood, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).DefaultTimeout();
            }
        });
        await draining.DefaultTimeout();
        Assert.Equal(WebSocketState.Aborted, _sockets.Server.State);
    }

    [Fact]
    public async Task Receive_EmptyPiecesWithoutEnd_AreTooBig()
    {
        for (var i = 0; i < Limit; i++)
        {
            await SendAsync("", end: false);
        }

        await SendAsync("ab", end: false);
        Assert.Equal(ReceiveStatus.TooBig, (await ReceiveAsync()).Status);
    }

    [Fact]
    public async Task SendClose_HasTheCodeAndItsName_AndASecondOneIsNone()
    {
        await _transport.SendCloseAsync(CloseCode.Superseded);
        await _transport.SendCloseAsync(CloseCode.Banned);
        var result = await _sockets.Client.ReceiveAsync(new byte[16], CancellationToken.None).DefaultTimeout();
        Assert.Equal((4502, "superseded"), ((int)result.CloseStatus!, result.CloseStatusDescription));
    }

    [Fact]
    public async Task Release_ForgetsTheMessage()
    {
        await SendAsync("abc");
        await ReceiveAsync(release: false);
        Assert.Equal(3, _transport.Message.Length);
        _transport.Release();
        Assert.Equal(0, _transport.Message.Length);
    }

    private Task SendAsync(string text, bool end = true) =>
        _sockets.Client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, end, CancellationToken.None).DefaultTimeout();

    private async Task<(ReceiveStatus Status, string Text)> ReceiveAsync(int limit = Limit, bool release = true)
    {
        var status = await _transport.ReceiveAsync(limit).DefaultTimeout();
        var text = Encoding.UTF8.GetString(_transport.Message);
        if (release)
        {
            _transport.Release();
        }

        return (status, text);
    }
}
