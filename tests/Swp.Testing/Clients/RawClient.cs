using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Swp.Testing.Clients;

/// <summary>A client on a bare socket, for what no library would send. Frames are masked with zero, which RFC 6455 allows.</summary>
public sealed class RawClient : IDisposable
{
    /// <summary>The first byte of a whole text message.</summary>
    public const byte Text = 0x81;

    /// <summary>The first byte of a text message that goes on.</summary>
    public const byte TextBegins = 0x01;

    /// <summary>The first byte of a piece that goes on.</summary>
    public const byte Continues = 0x00;

    /// <summary>The first byte of a ping.</summary>
    public const byte Ping = 0x89;

    private const int OpcodeText = 1;
    private const int OpcodeClose = 8;
    private const int NoCode = 1005;
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private byte[] _buffer = new byte[512];
    private int _length;

    private RawClient(Socket socket) => _socket = socket;

    /// <summary>The code of the server's close frame; 1006 while there was none.</summary>
    public int CloseCode { get; private set; } = TestClose.Abnormal;

    /// <summary>The headers of a handshake that asks for nothing special.</summary>
    public static string Handshake(string path, string moreHeaders = "") =>
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{moreHeaders}\r\n";

    /// <summary>A client's frame as it goes over the wire.</summary>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[14];
        header[0] = first;
        int size;
        if (payload.Length < 126)
        {
            header[1] = (byte)(0x80 | payload.Length);
            size = 2;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
            size = 4;
        }
        else
        {
            header[1] = 0x80 | 127;
            BinaryPrimitives.WriteInt64BigEndian(header[2..], payload.Length);
            size = 10;
        }

        // The masking key: zero.
        header.Slice(size, 4).Clear();
        return [.. header[..(size + 4)], .. payload];
    }

    /// <summary>Connects and says nothing.</summary>
    public static Task<RawClient> ConnectAsync(Uri server, CancellationToken cancellationToken = default) => ConnectAsync(server, from: null, cancellationToken);

    /// <summary>Connects from an address of this machine and says nothing.</summary>
    public static async Task<RawClient> ConnectAsync(Uri server, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(from, 0));
            }

            await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port, cancellationToken);
            return new RawClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects and upgrades.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public static Task<RawClient> UpgradeAsync(Uri server, string type, CancellationToken cancellationToken = default) =>
        UpgradeAsync(server, type, from: null, cancellationToken);

    /// <summary>Connects from an address of this machine and upgrades.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public static async Task<RawClient> UpgradeAsync(Uri server, string type, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var client = await ConnectAsync(server, from, cancellationToken);
        try
        {
            var head = await client.RequestAsync(Handshake($"/wss/{type}"), cancellationToken);
            return head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) ? client : throw new IOException($"No upgrade: {head.Split('\r')[0]}");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Connects, upgrades and opens.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public static Task<RawClient> OpenAsync(Uri server, string type, string id, CancellationToken cancellationToken = default) =>
        OpenAsync(server, type, id, from: null, cancellationToken);

    /// <summary>Connects from an address of this machine, upgrades and opens.</summary>
    /// <exception cref="IOException">The server refused.</exception>
    public static async Task<RawClient> OpenAsync(Uri server, string type, string id, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var client = await UpgradeAsync(server, type, from, cancellationToken);
        try
        {
            await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""), cancellationToken);
            var answer = await client.ReceiveTextAsync(cancellationToken);
            return answer is not null && new TestFrame(answer).Code == "0" ? client : throw new IOException($"OPEN was answered with {answer}.");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes as they are, and waits while the peer takes no more.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    /// <summary>Sends a whole text message.</summary>
    public ValueTask SendTextAsync(string text, CancellationToken cancellationToken = default) => SendAsync(Frame(Text, Encoding.UTF8.GetBytes(text)), cancellationToken);

    /// <summary>Sends an HTTP request and returns the answer's head.</summary>
    /// <exception cref="IOException">The connection ended instead.</exception>
    public async Task<string> RequestAsync(string request, CancellationToken cancellationToken = default)
    {
        await SendAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        return await ReceiveHeadAsync(cancellationToken);
    }

    /// <summary>Waits for the head of an HTTP answer.</summary>
    /// <exception cref="IOException">The connection ended instead.</exception>
    public async Task<string> ReceiveHeadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _length).IndexOf(EndOfHeaders);
            if (end >= 0)
            {
                var head = Encoding.Latin1.GetString(_buffer, 0, end);
                Consume(end + EndOfHeaders.Length);
                return head;
            }

            if (!await FillAsync(cancellationToken))
            {
                throw new IOException("The server has closed the connection.");
            }
        }
    }

    /// <summary>The next text message; <see langword="null"/> when the connection ends first.</summary>
    public async Task<string?> ReceiveTextAsync(CancellationToken cancellationToken = default)
    {
        while (await ReceiveFrameAsync(cancellationToken) is { } frame)
        {
            if (frame.Opcode == OpcodeText)
            {
                return Encoding.UTF8.GetString(frame.Payload);
            }

            if (frame.Opcode == OpcodeClose)
            {
                CloseCode = frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : NoCode;
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads on until the connection ends.</summary>
    /// <returns>The close frame's code, or 1006 when there was none.</returns>
    public async Task<int> ReceiveCloseAsync(CancellationToken cancellationToken = default)
    {
        while (await ReceiveTextAsync(cancellationToken) is not null)
        {
        }

        return CloseCode;
    }

    /// <summary>Reads on until the peer has ended the connection; what comes is forgotten.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken = default)
    {
        do
        {
            _length = 0;
        }
        while (await FillAsync(cancellationToken));
    }

    public void Dispose() => _socket.Dispose();

    // Servers do not mask.
    private async Task<(int Opcode, byte[] Payload)?> ReceiveFrameAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeFrame(out var frame))
            {
                return frame;
            }

            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private bool TryTakeFrame(out (int Opcode, byte[] Payload) frame)
    {
        frame = default;
        var bytes = _buffer.AsSpan(0, _length);
        if (bytes.Length < 2)
        {
            return false;
        }

        var (header, size) = (bytes[1] & 0x7F) switch
        {
            126 => (4, bytes.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : int.MaxValue / 2),
            127 => (10, bytes.Length >= 10 ? checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])) : int.MaxValue / 2),
            var small => (2, small),
        };
        if (bytes.Length < header + size)
        {
            return false;
        }

        frame = (bytes[0] & 0x0F, bytes.Slice(header, size).ToArray());
        Consume(header + size);
        return true;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length), cancellationToken);
            _length += read;
            return read > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Consume(int count)
    {
        _length -= count;
        _buffer.AsSpan(count, _length).CopyTo(_buffer);
    }
}
