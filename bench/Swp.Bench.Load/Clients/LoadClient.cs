using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Swp.Bench.Load.Dialects;

namespace Swp.Bench.Load.Clients;

/// <summary>
/// One client on a bare socket: no SDK, no task a message, no masking work (the key is zero, which RFC 6455 allows), so that the load takes as little
/// of the machine as it can from the servers.
/// </summary>
internal sealed class LoadClient(int index, IDialect dialect, ICrowdListener listener)
{
    private const int FirstBuffer = 1024;
    private const int MaskedHeader = 8;
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    private readonly Lock _sending = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;
    private Socket? _socket;
    private bool _closed;

    /// <summary>Its number in the crowd.</summary>
    public int Index => index;

    /// <summary>What a caller names it by, once it is open.</summary>
    public string Target { get; private set; } = "";

    /// <summary>When it asked what it has no answer to yet; 0 when it has asked nothing.</summary>
    public long AskedAt { get; set; }

    /// <summary>Connects, upgrades and opens.</summary>
    public async Task ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket = socket;
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            await UpgradeAsync(socket, server, cancellationToken);
            _ = ReadAsync(socket);
            dialect.OnUpgraded(this);
            await _opened.Task.WaitAsync(cancellationToken);
        }
        catch (Exception)
        {
            Close();
            throw;
        }
    }

    /// <summary>The same client, to be connected once more.</summary>
    public LoadClient Renew() => new(index, dialect, listener);

    /// <summary>The server has let it in.</summary>
    public void OnOpened(string target)
    {
        Target = target;
        _opened.TrySetResult();
    }

    /// <summary>The server asks.</summary>
    public bool OnAsked() => listener.OnAsked(this);

    /// <summary>The server has answered.</summary>
    public void OnAnswered(bool succeeded = true)
    {
        if (!succeeded)
        {
            // An error is faster than an answer: a run with errors would look better than one without.
            Environment.FailFast($"The server has answered client {index} with an error.");
        }

        listener.OnAnswered(this);
    }

    /// <summary>Sends a text message.</summary>
    public void Send(ReadOnlySpan<byte> text) => SendFrame(0x81, text);

    /// <summary>Cuts the connection.</summary>
    public void Close()
    {
        _closed = true;
        _socket?.Dispose();
    }

    private void SendFrame(byte first, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[MaskedHeader + payload.Length];
        frame[0] = first;
        int header;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(0x80 | payload.Length);
            header = 2;
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)payload.Length));
            header = 4;
        }

        // The masking key: zero.
        frame.Slice(header, 4).Clear();
        payload.CopyTo(frame[(header + 4)..]);
        try
        {
            lock (_sending)
            {
                _socket!.Send(frame[..(header + 4 + payload.Length)]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reader ends with it.
        }
    }

    private async Task UpgradeAsync(Socket socket, IPEndPoint server, CancellationToken cancellationToken)
    {
        var request = $"GET {dialect.Path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        while (true)
        {
            await FillAsync(socket, cancellationToken);
            var end = _buffer.AsSpan(0, _length).IndexOf(EndOfHeaders);
            if (end < 0)
            {
                continue;
            }

            if (!_buffer.AsSpan(0, _length).StartsWith("HTTP/1.1 101"u8))
            {
                throw new IOException($"No upgrade: {Encoding.ASCII.GetString(_buffer, 0, Math.Min(end, 64))}");
            }

            Consume(end + EndOfHeaders.Length);
            return;
        }
    }

    private async Task FillAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(_buffer.AsMemory(_length), cancellationToken);
        _length += read > 0 ? read : throw new IOException("The server has closed the connection.");
    }

    private async Task ReadAsync(Socket socket)
    {
        try
        {
            do
            {
                HandleFrames();
                await FillAsync(socket, CancellationToken.None);
            }
            while (true);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            _opened.TrySetException(new IOException($"The connection ended before it was open: {e.Message}"));
            _ = _opened.Task.Exception;
            if (!_closed)
            {
                Close();
                listener.OnLost(this);
            }
        }
    }

    private void HandleFrames()
    {
        var used = 0;
        while (TryTakeFrame(_buffer.AsSpan(used, _length - used), out var opcode, out var payload, out var size))
        {
            used += size;
            switch (opcode)
            {
                case 1:
                    dialect.OnMessage(this, payload);
                    break;
                case 8:
                    throw new IOException("The server has closed the connection.");
                case 9:
                    SendFrame(0x8A, payload);
                    break;
            }
        }

        Consume(used);
    }

    // No contender fragments, and servers do not mask.
    private static bool TryTakeFrame(ReadOnlySpan<byte> bytes, out int opcode, out ReadOnlySpan<byte> payload, out int size)
    {
        payload = default;
        (opcode, size) = (0, 0);
        if (bytes.Length < 2)
        {
            return false;
        }

        opcode = bytes[0] & 0x0F;
        var (header, length) = (bytes[1] & 0x7F) switch
        {
            126 when bytes.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            126 => (4, int.MaxValue / 2),
            127 => throw new IOException("A message of more than 64 KiB."),
            var small => (2, small),
        };
        if (bytes.Length < header + length)
        {
            return false;
        }

        payload = bytes.Slice(header, length);
        size = header + length;
        return true;
    }

    private void Consume(int count)
    {
        if (count > 0)
        {
            _length -= count;
            _buffer.AsSpan(count, _length).CopyTo(_buffer);
        }
    }
}
