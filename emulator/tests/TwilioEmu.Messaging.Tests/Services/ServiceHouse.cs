using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Services;

/// <summary>Makes Messaging Services as an app does.</summary>
internal static class ServiceHouse
{
    /// <summary>A service with numbers and short codes that the account has; its SID.</summary>
    public static async Task<string> CreateAsync(MessagingHouse house, params string[] senders)
    {
        var service = (await house.Rest.PostMessagingAsync("/v1/Services", "FriendlyName", "Ours"))["sid"]!;
        foreach (var sender in senders) (await JoinAsync(house, service, sender)).Status.Should().Be(201);
        return service;
    }

    /// <summary>A number, short code or name joins a service.</summary>
    public static Task<Testing.Rest.RestAnswer> JoinAsync(MessagingHouse house, string service, string sender)
    {
        string? sid = null;
        house.Do(() => sid = house.Rest.Numbers.Find(sender)?.Sid);
        return sid switch
        {
            null => house.Rest.PostMessagingAsync($"/v1/Services/{service}/AlphaSenders", "AlphaSender", sender),
            ['S', ..] => house.Rest.PostMessagingAsync($"/v1/Services/{service}/ShortCodes", "ShortCodeSid", sid),
            _ => house.Rest.PostMessagingAsync($"/v1/Services/{service}/PhoneNumbers", "PhoneNumberSid", sid),
        };
    }
}
