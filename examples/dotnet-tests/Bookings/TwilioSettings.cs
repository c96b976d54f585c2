namespace Bookings;

/// <summary>The app's account at Twilio.</summary>
public sealed record TwilioSettings
{
    /// <summary><c>AC...</c></summary>
    public string AccountSid { get; set; } = "";

    /// <summary>Authenticates requests and signs webhooks.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The app's own number.</summary>
    public string Number { get; set; } = "";

    /// <summary>Origin by which Twilio reaches the app.</summary>
    public string PublicUrl { get; set; } = "";
}
