namespace Sync.Net.Cli.Output;

/// <summary>Files that a reader finds whole or not at all.</summary>
internal static class AtomicFile
{
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            // In a folder of everybody's, what has this name already is not ours to follow.
            File.Delete(temporary);
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write)) file.Write(bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
