using System.Runtime.CompilerServices;

namespace Swp.Testing.Tasks;

/// <summary>Waits for what happens on another thread or in another process and announces itself to nobody.</summary>
public static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns as soon as <paramref name="condition"/> holds; fails after the default time-out.</summary>
    public static Task True(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => True(() => ValueTask.FromResult(condition()), text, file, line);

    /// <inheritdoc cref="True(Func{bool}, string, string, int)"/>
    public static async Task True(
        Func<ValueTask<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TaskTimeouts.Limit)
            {
                throw new TimeoutException($"{file}:{line}: not after {TaskTimeouts.Limit.TotalSeconds:0} s: {text}");
            }

            await Task.Delay(Look);
        }
    }
}
