namespace Sync.Net.Benchmarks.Processes;

/// <summary>The programs of benchmarks/native, built by gcc beside this executable (below artifacts/).</summary>
internal static class NativeProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<string> BuildAsync(string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "native", name);
        await using var children = new ChildProcesses();
        children.Start("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, program + ".c");
        await children.WaitForSuccessAsync(Limit);
        return program;
    }
}
