using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Kit;

/// <summary>What somebody received, in order: a test takes one after the other and waits when there is none yet.</summary>
internal sealed class Mailbox<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public int Count => _items.Reader.Count;

    public void Add(T item) => _items.Writer.TryWrite(item);

    public Task<T> NextAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _items.Reader.ReadAsync().DefaultTimeout(limit: null, file, line);
}
