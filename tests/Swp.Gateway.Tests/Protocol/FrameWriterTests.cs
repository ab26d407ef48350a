using System.Buffers;
using System.Text;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;

namespace Swp.Gateway.Tests.Protocol;

public sealed class FrameWriterTests
{
    [Theory]
    [MemberData(nameof(FrameVectors.Names), MemberType = typeof(FrameVectors))]
    public void Write_Vector_IsExactlyThoseBytes(string name)
    {
        var vector = FrameVectors.All[name];
        Assert.Equal(vector.Written ?? vector.Json, Write(vector.ToOutbound()));
    }

    [Theory]
    [MemberData(nameof(FrameVectors.Names), MemberType = typeof(FrameVectors))]
    public void Write_VectorThenRead_IsTheSameMeaning(string name)
    {
        var vector = FrameVectors.All[name];

        Assert.True(FrameReader.TryRead(Encoding.UTF8.GetBytes(Write(vector.ToOutbound())), out var frame, out _));

        Assert.Equal(
            (vector.Type, vector.UnknownType, vector.Uuid, vector.Code, vector.Message, vector.Data ?? ""),
            (frame.Type, frame.UnknownType, frame.Uuid, frame.Code, frame.Message, frame.Data.ToString()));
    }

    [Fact]
    public void Write_PooledBufferUsedAgain_HoldsTheLastFrameOnly()
    {
        using var buffer = new PooledBuffer();
        foreach (var vector in FrameVectors.All.Values)
        {
            buffer.Clear();
            FrameWriter.Write(vector.ToOutbound(), FrameVectors.Time, buffer);
            Assert.Equal(vector.Written ?? vector.Json, Encoding.UTF8.GetString(buffer.Written.Span));
        }
    }

    [Fact]
    public void Write_AfterAnOutputThatFailed_StartsAfresh()
    {
        var frame = FrameVectors.All["answer to an OPEN"];
        Assert.Throws<InvalidOperationException>(() => FrameWriter.Write(frame.ToOutbound(), FrameVectors.Time, new BrokenOutput()));
        Assert.Equal(frame.Json, Write(frame.ToOutbound()));
    }

    private static string Write(in OutboundFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(frame, FrameVectors.Time, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class BrokenOutput : IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[4096];

        public void Advance(int count) => throw new InvalidOperationException("broken");

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public Span<byte> GetSpan(int sizeHint = 0) => _buffer;
    }
}
