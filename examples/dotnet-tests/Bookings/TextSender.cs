using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Bookings;

/// <summary>Sends texts by Twilio's REST API (twilio.com/docs/messaging/api/message-resource).</summary>
public sealed class TextSender(HttpClient http, IOptions<TwilioSettings> settings)
{
    /// <summary>Sends one; its statuses come to <c>/twilio/status</c>.</summary>
    /// <exception cref="TextRefusedException">Twilio does not take it.</exception>
    public async Task SendAsync(string to, string body)
    {
        var account = settings.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://api.twilio.com/2010-04-01/Accounts/{account.AccountSid}/Messages.json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthToken}")));
        request.Content = new FormUrlEncodedContent([new("To", to), new("From", account.Number), new("Body", body), new("StatusCallback", $"{account.PublicUrl}/twilio/status")]);
        using var answer = await http.SendAsync(request);
        if (answer.IsSuccessStatusCode) return;
        using var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        throw new TextRefusedException(error.RootElement.GetProperty("code").GetInt32(), error.RootElement.GetProperty("message").GetString() ?? "");
    }
}

/// <summary>Twilio does not take a text.</summary>
public sealed class TextRefusedException(int code, string message) : Exception($"{code}: {message}");
