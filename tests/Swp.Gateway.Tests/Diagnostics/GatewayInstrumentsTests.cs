using Swp.Gateway.Diagnostics;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Testing.Telemetry;

namespace Swp.Gateway.Tests.Diagnostics;

public sealed class GatewayInstrumentsTests : IAsyncLifetime
{
    private readonly MetricReader _metrics = new();
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Connection_IsCountedFromItsSocketToItsEnd()
    {
        var counts = _gateway.Services.Instruments.Of("caller");
        var peer = _gateway.Connect();
        Assert.Equal((0, 1), Active(counts));

        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(epoch: 1);
        var answer = await peer.ReceiveAsync();
        await peer.SettledAsync();
        Assert.Equal((1, 0), Active(counts));

        peer.Connection.Close(CloseCode.Banned);
        await peer.ClosedAsync(CloseCode.Banned);
        Assert.Equal((0, 0), Active(counts));
        Assert.Equal(1, counts.MeasureClosed().Single(closed => Equals(Label(closed, "swp.close.code"), "4505")).Value);
        Assert.Equal((1, 1), (counts.Messages[0], counts.Messages[1]));
        Assert.Equal((Wire.Open("999").Length, answer.Length), (counts.Bytes[0], counts.Bytes[1]));
        await _gateway.Owner.AcceptAsync(1);
        await _gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(ErrorCodes.Banned, ErrorCodes.Banned)]
    [InlineData("what the owner of tomorrow says", "other")]
    public async Task RefusedOpen_IsCountedUnderAWordThatIsKnown(string error, string label)
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Refuse(CloseCode.Banned, "no", new ErrorDetail(error));
        await peer.ReceiveAsync();
        await peer.ClosedAsync(CloseCode.Banned);

        Assert.Contains(_metrics.Recorded, recorded => recorded.Name == "swp.gateway.open.duration" && recorded["swp.open.result"] == label && recorded["swp.client.type"] == "caller");
    }

    private static (long Open, long Unopened) Active(ConnectionCounts counts)
    {
        var active = counts.MeasureActive().ToArray();
        return (active[0].Value, active[1].Value);
    }

    private static object? Label(System.Diagnostics.Metrics.Measurement<long> measurement, string label)
    {
        foreach (var (key, value) in measurement.Tags)
        {
            if (key == label)
            {
                return value;
            }
        }

        return null;
    }
}
