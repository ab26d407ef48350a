namespace Swp.Clinic.His;

/// <summary>Repeats what a client sent in a message to it, at a length that suits a message.</summary>
internal static class Quote
{
    private const int MaxLength = 64;

    public static string Value(string value)
    {
        if (value.Length <= MaxLength)
        {
            return $"'{value}'";
        }

        var length = char.IsHighSurrogate(value[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return $"'{value.AsSpan(0, length)}…'";
    }
}
