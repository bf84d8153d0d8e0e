using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sync.Net.Texts;

namespace Sync.Net.Configuration;

/// <summary>Reads variables and collects what is wrong with them.</summary>
internal sealed class EnvironmentReader(Func<string, string?> get)
{
    private readonly List<string> _faults = [];

    /// <summary>A variable's text, if it is set and <paramref name="faultOf"/> finds nothing wrong with it.</summary>
    public string? Text(string name, Func<string, string?> faultOf)
    {
        if (Get(name) is not { } text) return null;
        if (faultOf(text) is not { } fault) return text;
        _faults.Add($"{name}: {fault}");
        return null;
    }

    public delegate T? GroupParser<T>(string text, int maxNameBytes, out string? fault)
        where T : class;

    /// <summary>Who belongs to the group.</summary>
    public T? Group<T>(string name, GroupParser<T> parse, int maxNameBytes)
        where T : class
    {
        if (Get(name) is not { } text) return null;
        if (parse(text, maxNameBytes, out string? fault) is { } group) return group;
        _faults.Add($"{name}: {fault}");
        return null;
    }

    public void NotBoth(string first, object? firstValue, string second, object? secondValue)
    {
        if (firstValue is not null && secondValue is not null) _faults.Add($"{first} and {second} are both set: unset one of them.");
    }

    public TimeSpan? Duration(string name)
    {
        if (Get(name) is not { } text) return null;
        if (DurationText.TryParse(text, out TimeSpan time)) return time;
        _faults.Add($"{name} is '{OneLine.Of(text, 40)}': write seconds such as 90, 5m, 1h30m or infinite; at most 49 days.");
        return null;
    }

    public Guid? Incarnation(string name)
    {
        if (Get(name) is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out Guid id)) return id;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)) return FromNumber(number);
        _faults.Add($"{name} is '{OneLine.Of(text, 40)}': write a whole number or a GUID with dashes.");
        return null;
    }

    /// <summary>The key from its variable or from the file that the other variable names. It is never shown.</summary>
    public string? Key(string name, string fileName)
    {
        string? key = Get(name);
        if (Get(fileName) is not { } path) return Checked(name, key);
        if (key is not null)
        {
            _faults.Add($"{name} and {fileName} are both set: unset one of them.");
            return null;
        }
        try
        {
            return Checked(fileName, File.ReadAllText(path).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _faults.Add($"{fileName}: the file '{OneLine.Of(path, 200)}' can't be read ({e.GetType().Name}): name a file that this user may read.");
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">Variables are not usable; the text lists them all.</exception>
    public void ThrowIfAnyFault()
    {
        if (_faults.Count > 0) throw new InvalidOperationException($"The environment cannot be used. {string.Join(" ", _faults)}");
    }

    private string? Checked(string name, string? key)
    {
        if (key is null) return null;
        int bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes >= OptionFaults.MinKeyBytes) return key;
        _faults.Add(
            $"{name}: the key has {bytes} bytes: use at least {OptionFaults.MinKeyBytes}, such as the output of 'openssl rand -hex 32'.");
        return null;
    }

    private string? Get(string name)
    {
        string? text = get(name);
        if (text is not { Length: 0 }) return text;
        _faults.Add($"{name} is empty: give it a value or unset it.");
        return null;
    }

    private static Guid FromNumber(ulong number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], number);
        return new Guid(bytes, bigEndian: true);
    }
}
