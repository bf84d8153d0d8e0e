using System.Diagnostics;

namespace Sync.Net.Cli.Processes;

/// <summary>This program, to be started again.</summary>
internal static class OwnProgram
{
    /// <summary>By itself when it is an executable, through the host when it was started as <c>dotnet syncnet.dll</c>.</summary>
    public static ProcessStartInfo With(params string[] arguments)
    {
        string self = Environment.ProcessPath!;
        bool throughHost = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] prefix = throughHost ? ["exec", Path.Combine(AppContext.BaseDirectory, "syncnet.dll")] : [];
        return new ProcessStartInfo(self, [.. prefix, .. arguments]);
    }
}
