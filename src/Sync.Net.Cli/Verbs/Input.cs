using System.Text;
using System.Text.Json;
using Sync.Net.Cli.CommandLine;

namespace Sync.Net.Cli.Verbs;

/// <summary>What comes by standard input.</summary>
internal static class Input
{
    public const string DataFlag = "--data-stdin";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of it, as it is: no line end is left out.</summary>
    public static async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        byte[] bytes = await BytesAsync(cancellationToken);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException("standard input is not valid UTF-8");
        }
    }

    /// <summary>A message's data: the pairs of the line, and with <see cref="DataFlag"/> those of a JSON object of strings. Null for none.</summary>
    public static async Task<Dictionary<string, string>?> DataAsync(Line line, int firstPair, CancellationToken cancellationToken)
    {
        Dictionary<string, string> pairs = Operands.Pairs(line.Operands.Skip(firstPair));
        if (!line.Has(DataFlag)) return pairs.Count == 0 ? null : pairs;
        foreach ((string key, string value) in Map(await BytesAsync(cancellationToken)))
        {
            if (!pairs.TryAdd(key, value)) throw new UsageException($"the key '{key}' is given twice");
        }
        return pairs;
    }

    private static Dictionary<string, string> Map(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new InvalidInputException("standard input is no JSON object");
            Dictionary<string, string> map = new(StringComparer.Ordinal);
            foreach (JsonProperty each in document.RootElement.EnumerateObject())
            {
                string value = each.Value.ValueKind == JsonValueKind.String ? each.Value.GetString()! : each.Value.GetRawText();
                if (!map.TryAdd(each.Name, value)) throw new InvalidInputException($"standard input has the key '{each.Name}' twice");
            }
            return map;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"standard input is no JSON object: line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            throw new InvalidInputException("standard input is no JSON object of valid Unicode");
        }
    }

    private static async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        await using Stream input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
