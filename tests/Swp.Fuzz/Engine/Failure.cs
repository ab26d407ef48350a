namespace Swp.Fuzz.Engine;

/// <summary>An input that the code under test did not take as it must.</summary>
/// <param name="Input">The input, as short as it could be made.</param>
/// <param name="Kind">What went wrong, without what differs from input to input.</param>
/// <param name="Exception">What was thrown.</param>
internal sealed record Failure(byte[] Input, string Kind, Exception Exception)
{
    /// <summary>Where an exception came from, and its type: two inputs that agree in this have found the same fault.</summary>
    public static string KindOf(Exception exception) =>
        $"{exception.GetType().Name} {exception.StackTrace?.Split('\n')[0].Trim()}";
}
