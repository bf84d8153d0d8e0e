using System.Globalization;

namespace Sync.Net.Cli.Running;

/// <summary>Where a run's results go if nobody says where.</summary>
internal static class RunFolder
{
    /// <summary>A new folder under <c>syncnet-runs</c>, named after the run and the time.</summary>
    public static string Default(string name)
    {
        string safe = string.Concat(name.Select(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('.', '-');
        string stem = Path.Combine("syncnet-runs", $"{(safe.Length == 0 ? "run" : safe)}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        string folder = stem;
        for (int i = 2; Path.Exists(folder); i++) folder = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        return folder;
    }
}
