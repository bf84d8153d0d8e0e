using System.Text.Json.Serialization;

namespace Sync.Net.Runner.Results;

/// <summary>How results are written; docs/runner.md tells the fields.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class ResultsJson : JsonSerializerContext;
