using System.Reflection;
using System.Reflection.Emit;

namespace Sync.Net.Tests.HouseRules;

/// <summary>The instructions of IL by their bytes.</summary>
internal static class OpCodeTable
{
    static OpCodeTable()
    {
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            OpCode op = (OpCode)field.GetValue(null)!;
            (op.Size == 1 ? Short : Long)[op.Value & 0xFF] = op;
        }
    }

    /// <summary>Instructions of one byte.</summary>
    public static OpCode[] Short { get; } = new OpCode[256];

    /// <summary>Instructions of two bytes, by the second.</summary>
    public static OpCode[] Long { get; } = new OpCode[256];

    public static int OperandSize(OpCode op, byte[] code, int at) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
