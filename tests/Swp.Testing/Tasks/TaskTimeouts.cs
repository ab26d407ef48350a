using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Swp.Testing.Tasks;

/// <summary>Awaits with a limit that only a hang reaches; the failure names the line that waited.</summary>
public static class TaskTimeouts
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task DefaultTimeout(this Task task, TimeSpan? limit = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            await task.WaitAsync(LimitOf(limit));
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw Hangs(limit, file, line);
        }
    }

    public static async Task<T> DefaultTimeout<T>(this Task<T> task, TimeSpan? limit = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await ((Task)task).DefaultTimeout(limit, file, line);
        return await task;
    }

    public static Task DefaultTimeout(this ValueTask task, TimeSpan? limit = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        task.AsTask().DefaultTimeout(limit, file, line);

    public static Task<T> DefaultTimeout<T>(this ValueTask<T> task, TimeSpan? limit = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        task.AsTask().DefaultTimeout(limit, file, line);

    private static TimeSpan LimitOf(TimeSpan? limit) => Debugger.IsAttached ? Timeout.InfiniteTimeSpan : limit ?? Limit;

    private static TimeoutException Hangs(TimeSpan? limit, string file, int line) =>
        new($"{file}:{line} still waits after {LimitOf(limit).TotalSeconds:0.#} s.");
}
