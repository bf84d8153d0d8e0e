using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

/// <summary>Makes an exchange of the type that a command asks for.</summary>
internal static class DataTarget
{
    public static ITarget Create(Command made, ILoggerFactory logs, SyncServer? server) => made.DataType switch
    {
        null or "text" => new DataTarget<string>(made, logs, server, text => text, value => value),
        "number" => new DataTarget<int>(made, logs, server, ParseNumber, value => value.ToString(CultureInfo.InvariantCulture)),
        "bytes" => new DataTarget<byte[]>(made, logs, server, Blob.Make, Blob.Describe),
        "record" => new DataTarget<NodeInfo>(made, logs, server, ParseRecord, value => JsonSerializer.Serialize(value)),
        _ => throw new NotSupportedException($"No exchange carries '{made.DataType}'."),
    };

    private static int ParseNumber(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static NodeInfo ParseRecord(string text) =>
        JsonSerializer.Deserialize<NodeInfo>(text) ?? throw new FormatException("A record is null.");
}
