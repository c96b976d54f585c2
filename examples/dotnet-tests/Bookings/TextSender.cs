using Microsoft.Extensions.Options;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;

namespace Bookings;

/// <summary>Sends texts by Twilio's own library (twilio.com/docs/messaging/api/message-resource).</summary>
public sealed class TextSender(System.Net.Http.HttpClient http, IOptions<TwilioSettings> settings)
{
    private readonly TwilioRestClient _twilio = new(settings.Value.AccountSid, settings.Value.AuthToken, httpClient: new SystemNetHttpClient(http));

    /// <summary>Sends one; its statuses come to <c>/twilio/status</c>.</summary>
    /// <exception cref="TextRefusedException">Twilio does not take it.</exception>
    public async Task SendAsync(string to, string body)
    {
        try
        {
            await MessageResource.CreateAsync(
                new CreateMessageOptions(to) { From = settings.Value.Number, Body = body, StatusCallback = new Uri($"{settings.Value.PublicUrl}/twilio/status") }, _twilio);
        }
        catch (ApiException refused)
        {
            throw new TextRefusedException(refused.Code, refused.Message);
        }
    }
}

/// <summary>Twilio does not take a text.</summary>
public sealed class TextRefusedException(int code, string message) : Exception($"{code}: {message}");
