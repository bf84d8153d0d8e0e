using System.Text.Json;
using Sync.Net.Runner.Results;

namespace Sync.Net.Runner;

/// <summary>Results of runs as files.</summary>
public static class RunResults
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "results.json";

    /// <summary>Reads what a run has written.</summary>
    /// <param name="path">The run's folder, or the file itself.</param>
    /// <returns>The results, as <see cref="MultiHostRun.RunAsync(CancellationToken)"/> returned them.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">It is no such file; the text names it, and where it goes wrong.</exception>
    public static RunResult Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        try
        {
            using FileStream stream = File.OpenRead(file);
            RunResult result = JsonSerializer.Deserialize(stream, ResultsJson.Default.RunResult) ?? throw new InvalidDataException($"'{file}' holds nothing.");
            return result.Format == RunResult.LatestFormat
                ? result
                : throw new InvalidDataException($"'{file}' is of format {result.Format}, and this version reads {RunResult.LatestFormat}: use the version that wrote it.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{file}' holds no results of a run: {e.Message}", e);
        }
    }

    internal static void Save(RunResult result, string file)
    {
        using FileStream stream = File.Create(file);
        JsonSerializer.Serialize(stream, result, ResultsJson.Default.RunResult);
    }
}
