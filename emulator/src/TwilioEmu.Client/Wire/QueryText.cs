using System.Globalization;
using System.Text;

namespace TwilioEmu.Client.Wire;

/// <summary>A path's query, made of what was given.</summary>
internal sealed class QueryText(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _joint = '?';

    public QueryText Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_joint).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _joint = '&';
        return this;
    }

    public QueryText Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A path and, escaped, its last segment.</summary>
    public static string Path(string path, long id) => string.Create(CultureInfo.InvariantCulture, $"{path}/{id}");

    public override string ToString() => _text.ToString();
}
