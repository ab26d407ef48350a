using System.Text;
using System.Text.RegularExpressions;

namespace Swp.Testing.Processes;

/// <summary>What a process has written, over all its lives.</summary>
public sealed partial class ProcessLog
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<string> _errors = [];
    private bool _inError;
    private int _taken;

    /// <summary>Everything so far.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>What was written after the first <paramref name="length"/> characters.</summary>
    public string After(int length)
    {
        lock (_gate)
        {
            return _text.ToString(length, _text.Length - length);
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _text.Append(line).Append('\n');
            if (EntryPattern().Match(line) is { Success: true } entry)
            {
                _inError = entry.Groups["level"].Value is "ERR" or "FTL";
                if (_inError)
                {
                    _errors.Add(line);
                }
            }
            else if (_inError)
            {
                // The exception below its entry.
                _errors[^1] += "\n" + line;
            }
        }
    }

    /// <summary>The errors since the last time they were taken.</summary>
    public IReadOnlyList<string> TakeErrors()
    {
        lock (_gate)
        {
            var errors = _errors[_taken..];
            _taken = _errors.Count;
            return errors;
        }
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} (?<level>[A-Z]{3}) ")]
    private static partial Regex EntryPattern();
}
