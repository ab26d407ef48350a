using System.Text;

namespace Swp.Gateway.Tokens;

/// <summary>Keys in a file, which is read again now and then: a new key needs no restart.</summary>
internal sealed class KeyFile(string setting, string path, Func<string, VerificationKey[]> parse) : IKeySource
{
    private const int MaxBytes = 1024 * 1024;

    public string Setting => setting;

    /// <summary>Reads it at once.</summary>
    /// <exception cref="KeyException">It cannot be read.</exception>
    public VerificationKey[] Read()
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw new KeyException("the file is larger than 1 MiB.");
            }

            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return parse(reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new KeyException(e is DecoderFallbackException ? "the file is no text." : e.Message, e);
        }
    }

    // A few KiB on a local disk.
    public ValueTask<VerificationKey[]> ReadAsync(CancellationToken cancellationToken) => new(Read());
}
