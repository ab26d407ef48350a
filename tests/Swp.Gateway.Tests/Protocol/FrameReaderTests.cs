using System.Text;
using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Tests.Protocol;

public sealed class FrameReaderTests
{
    [Theory]
    [MemberData(nameof(FrameVectors.Names), MemberType = typeof(FrameVectors))]
    public void TryRead_Vector_IsWhatItMeans(string name)
    {
        var vector = FrameVectors.All[name];

        Assert.True(FrameReader.TryRead(Encoding.UTF8.GetBytes(vector.Json), out var frame, out var fault));

        Assert.Equal(FrameFault.None, fault);
        Assert.Equal(
            (vector.Type, vector.UnknownType, vector.Uuid, vector.Code, vector.Message),
            (frame.Type, frame.UnknownType, frame.Uuid, frame.Code, frame.Message));
        Assert.Equal(vector.Data is null, frame.Data.IsNone);
        Assert.Equal(vector.Data ?? "", frame.Data.ToString());
    }

    [Theory]
    [MemberData(nameof(FrameVectors.MalformedNames), MemberType = typeof(FrameVectors))]
    public void TryRead_Malformed_IsItsFault(string name)
    {
        var (bytes, expected, closeCode) = FrameVectors.Malformed[name];

        Assert.False(FrameReader.TryRead(bytes, out _, out var fault));

        Assert.Equal((expected, closeCode), (fault, fault.ToCloseCode()));
    }

    [Fact]
    public void TryRead_Payload_IsACopy()
    {
        var bytes = """{"sessionType":"0003","data":"abc"}"""u8.ToArray();
        Assert.True(FrameReader.TryRead(bytes, out var frame, out _));

        Array.Clear(bytes);

        Assert.Equal("\"abc\"", frame.Data.ToString());
    }

    [Theory]
    [InlineData(FrameFault.NotAnObject, CloseCode.InvalidPayload)]
    [InlineData(FrameFault.NoSessionType, CloseCode.ProtocolError)]
    [InlineData(FrameFault.BadUuid, CloseCode.ProtocolError)]
    [InlineData(FrameFault.BadStatus, CloseCode.ProtocolError)]
    internal void ToCloseCode_EveryFault_HasOne(FrameFault fault, CloseCode closeCode) => Assert.Equal(closeCode, fault.ToCloseCode());

    // Names with half a surrogate pair mean nothing; whether they are skipped or refused, nobody is thrown at.
    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00dat")]
    [InlineData("sessionTyp\\ud800")]
    [InlineData("\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d\\ud83d")]
    public void TryRead_HalfASurrogatePairInAName_DoesNotThrow(string name)
    {
        var read = FrameReader.TryRead(Encoding.UTF8.GetBytes($$"""{"sessionType":"0000","{{name}}":1}"""), out _, out var fault);
        Assert.Equal(read ? FrameFault.None : FrameFault.NotAnObject, fault);
    }
}
