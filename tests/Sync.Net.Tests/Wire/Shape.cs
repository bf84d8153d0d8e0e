using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Sync.Net.Tests.Wire;

/// <summary>Everything that a frame holds, as text: frames with lists and bytes have no equality of their own.</summary>
internal static class Shape
{
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append("bytes ").Append(Convert.ToHexString(bytes.Span));
                break;
            case string or Enum or Guid:
                text.Append('"').Append(value).Append('"');
                break;
            case TimeSpan time:
                text.Append(time.Ticks);
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                text.Append(flag);
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (object? item in list)
                {
                    Append(text, item);
                    text.Append(", ");
                }
                text.Append(']');
                break;
            default:
                AppendProperties(text, value);
                break;
        }
    }

    private static void AppendProperties(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append(" {");
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            text.Append(' ').Append(property.Name).Append('=');
            Append(text, property.GetValue(value));
        }
        text.Append(" }");
    }
}
