using Sync.Net.TestMember;
using Sync.Net.TestMember.Protocol;

// A member of a test in a process of its own: commands come in by standard input, events go out by standard output.
EventLog events = new(Console.OpenStandardOutput());
Session session = new(events);
events.Write(new MemberEvent { Kind = EventKind.Ready });

using StreamReader input = new(Console.OpenStandardInput());
while (await input.ReadLineAsync() is { } line)
{
    Command command = Lines.Read<Command>(line);
    switch (command.Op)
    {
        case Ops.Exit:
            await session.DisposeAsync();
            return 0;
        case Ops.Die:
            Environment.Exit(3);
            break;
        default:
            session.Start(command);
            break;
    }
}

// Whoever gave the commands is gone: end as a killed process does, without a goodbye.
Environment.Exit(4);
return 4;
