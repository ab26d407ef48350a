using Swp.Clients;
using Swp.Relay;

namespace Swp.Gateway.Tests.Relay;

/// <summary>What a client can make long counts: a batch of frames that weigh nothing would be too large for the cluster.</summary>
public sealed class FrameWeightTests
{
    private static readonly JsonPayload Data = JsonPayload.Parse("\"12345678\"");

    [Fact]
    public void Ownerbound_DataAndMessageCount()
    {
        var frame = new OwnerboundFrame { Code = "0", Uuid = "u" };
        Assert.Equal(128, frame.Weight);
        Assert.Equal(138, (frame with { Data = Data }).Weight);
        Assert.Equal(138 + 3_000, (frame with { Data = Data, Message = new string('好', 1_000) }).Weight);
    }

    [Fact]
    public void Clientbound_DataAndMessageCount()
    {
        var frame = new ClientboundFrame { Code = "0", Uuid = "u" };
        Assert.Equal(128, frame.Weight);
        Assert.Equal(138, (frame with { Data = Data }).Weight);
        Assert.Equal(138 + 3_000, (frame with { Data = Data, Message = new string('好', 1_000) }).Weight);
    }
}
