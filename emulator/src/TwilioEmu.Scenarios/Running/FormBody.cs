using System.Text;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Writes parameters as programs send them: <c>application/x-www-form-urlencoded</c>, order kept, names repeated.</summary>
internal static class FormBody
{
    public const string ContentType = "application/x-www-form-urlencoded";

    public static string Write(IReadOnlyList<KeyValuePair<string, string>> form) =>
        string.Join('&', form.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>The request of a REST step: a form for POST, a query for GET and DELETE.</summary>
    public static HttpAsk ToAsk(
        Uri baseUrl, StoryAccount asker, string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var written = Write(form);
        if (method == "POST")
        {
            return new HttpAsk(
                method, new Uri(baseUrl, pathAndQuery), asker.Sid, asker.AuthToken, ContentType, Encoding.ASCII.GetBytes(written));
        }
        var join = written.Length == 0 ? "" : pathAndQuery.Contains('?') ? "&" : "?";
        return new HttpAsk(method, new Uri(baseUrl, pathAndQuery + join + written), asker.Sid, asker.AuthToken);
    }
}
