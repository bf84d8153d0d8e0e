namespace Sync.Net.Runner.Hosts;

/// <summary>The folder of this machine that a worker runs in.</summary>
internal sealed class WorkingFolder
{
    private readonly bool _isOwn;

    private WorkingFolder(string path, bool isOwn) => (Path, _isOwn) = (path, isOwn);

    public string Path { get; }

    /// <summary>The given folder, made if it is missing; null: the runner's own, or one that is removed after.</summary>
    /// <exception cref="HostException">The folder can't be made, or a file can't be copied into it.</exception>
    public static WorkingFolder Prepare(WorkerStart start, bool ownIfNotGiven)
    {
        try
        {
            bool isOwn = start.WorkingFolder is null && ownIfNotGiven;
            string path = isOwn ? Directory.CreateTempSubdirectory("sync-net-").FullName : System.IO.Path.GetFullPath(start.WorkingFolder ?? ".");
            WorkingFolder folder = new(Directory.CreateDirectory(path).FullName, isOwn);
            foreach (string file in start.Files) folder.Take(file, start.Member);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"Member '{start.Member}': its working folder '{start.WorkingFolder}' or a file for it can't be used: {e.Message}", e);
        }
    }

    public void Remove()
    {
        if (!_isOwn) return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Take(string file, string member)
    {
        string target = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file));
        if (System.IO.Path.GetFullPath(file) == target) return;
        FilePatterns.RequireFile(file, member);
        File.Copy(file, target, overwrite: true);
    }
}
