using System.Diagnostics;
using System.Text;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember;

/// <summary>Writes events, a line each, from any thread.</summary>
internal sealed class EventLog(Stream output)
{
    private readonly Lock _lock = new();

    public void Write(MemberEvent e)
    {
        byte[] line = Encoding.UTF8.GetBytes(Lines.Write(e with { At = e.At == 0 ? Stopwatch.GetTimestamp() : e.At }) + "\n");
        lock (_lock)
        {
            output.Write(line);
            output.Flush();
        }
    }
}
