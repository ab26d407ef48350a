using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Files;

namespace Swp.Cluster.Startup;

/// <summary>
/// Settings that lie in a directory, one a file, named as in the environment (<c>Swp__ApiKeys__backend__Hash</c>): how Kubernetes shows a secret.
/// Looked at again while the member runs.
/// </summary>
[SettingsOf(SettingReader.Member)]
internal sealed class SettingsDirectory : ConfigurationProvider, IConfigurationSource
{
    /// <summary>The directory: each file is one setting, and comes before what stands elsewhere. API keys in it are taken up when they change.</summary>
    [Setting("path", Range = "up to 1,000 files of 64 KiB")]
    public const string Setting = "Swp:SettingsDirectory";
    private const int MaxFiles = 1_000;
    private const int MaxFileBytes = 64 * 1024;

    private readonly string _path;
    private readonly SettledContent _content;

    private SettingsDirectory(string path)
    {
        _path = path;
        Data = ReadAll();
        _content = new SettledContent(HashOf(Data));
    }

    /// <summary>Adds the directory that the settings so far name, if they name one. What it holds comes before all others.</summary>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static SettingsDirectory? AddTo(IConfigurationManager configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            var directory = new SettingsDirectory(path);
            configuration.Add(directory);
            return directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{Setting} = {path}: {e.Message}", e);
        }
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    // Read when it was made.
    public override void Load()
    {
    }

    /// <summary>Takes up what has changed.</summary>
    /// <exception cref="IOException">It cannot be read: what was read before stays.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Refresh()
    {
        var now = ReadAll();
        if (_content.HasChanged(HashOf(now)))
        {
            Data = now;
            OnReload();
        }
    }

    private SortedDictionary<string, string?> ReadAll()
    {
        var settings = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

        // Not what begins with a dot: Kubernetes' own links and directories.
        foreach (var file in new DirectoryInfo(_path).EnumerateFiles().Where(file => file.Name[0] != '.'))
        {
            if (settings.Count == MaxFiles)
            {
                throw new IOException($"More than {MaxFiles} files.");
            }

            settings[file.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = Read(file);
        }

        return settings;
    }

    private static string Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        var text = new byte[MaxFileBytes + 1];
        var length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length > MaxFileBytes
            ? throw new IOException($"{file.Name} is larger than {MaxFileBytes} bytes.")
            : Encoding.UTF8.GetString(text, 0, length).Trim();
    }

    private static byte[] HashOf(IDictionary<string, string?> settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in settings)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name.Length} {value?.Length} {name}{value}"));
        }

        return hash.GetHashAndReset();
    }
}
