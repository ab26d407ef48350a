namespace Swp.Clients;

/// <summary>Text that has one form everywhere: in a key, in a log, on the wire.</summary>
internal static class PlainText
{
    /// <summary>Whether <paramref name="text"/> has no control characters and no unpaired surrogates.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return false;
            }

            // An unpaired surrogate has no UTF-8 form: two different ids would become one grain key.
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
