using System.Diagnostics;

namespace Swp.Testing.Storage;

/// <summary>A secret as Kubernetes shows it in a directory: <c>NAME → ..data/NAME</c>, and <c>..data</c> a link that is swapped when the secret changes.</summary>
public sealed class MountedSecret : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _version;

    public string Path => _directory.Path;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The secret changes: all of it at once.</summary>
    public void Write(params IEnumerable<(string Name, string Content)> files)
    {
        var version = $"..{++_version}";
        Directory.CreateDirectory(this[version]);
        foreach (var (name, content) in files)
        {
            File.WriteAllText(System.IO.Path.Combine(this[version], name), content);
        }

        File.CreateSymbolicLink(this["..data_tmp"], version);

        // rename(2): one look sees the old link, the next one the new.
        using var rename = Process.Start("mv", ["-T", this["..data_tmp"], this["..data"]]);
        rename.WaitForExit();
        foreach (var (name, _) in files)
        {
            if (!File.Exists(this[name]))
            {
                File.CreateSymbolicLink(this[name], $"..data/{name}");
            }
        }
    }

    public void Dispose() => _directory.Dispose();
}
