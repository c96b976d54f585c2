namespace TwilioEmu.Scenarios.Config;

/// <summary>An account; sid and token are made from the seed where absent.</summary>
public sealed record AccountConfig(string? Sid, string? AuthToken, string? FriendlyName)
{
    /// <summary>SID or friendly name of the account whose subaccount it is.</summary>
    public string? Parent { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>True (<c>media_auth: off</c>) serves media of its messages to whoever knows the URL.</summary>
    public bool OpensMedia { get; init; }

    /// <summary>True for an account without MMS: 21622.</summary>
    public bool LacksMms { get; init; }

    /// <summary>Messages it may send a day: 63038.</summary>
    public int? MessagesPerDay { get; init; }

    /// <summary>Suspended as if by Twilio: it gets no farther than 20005.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>US dollars.</summary>
    public double? Balance { get; init; }

    /// <summary>The second pair of credentials, with the magic numbers.</summary>
    public TestCredentialsConfig? TestCredentials { get; init; }

    public IReadOnlyList<ApiKeyConfig> ApiKeys { get; init; } = [];

    public IReadOnlyList<OAuthAppConfig> OAuthApps { get; init; } = [];

    public IReadOnlyList<ConnectAppConfig> ConnectApps { get; init; } = [];

    /// <summary>Apps of others that it lets act for it.</summary>
    public IReadOnlyList<ConnectAppConfig> AuthorizedConnectApps { get; init; } = [];

    /// <summary>True when it says more than <c>POST /_emu/v1/accounts</c> can.</summary>
    public bool NeedsBeginning =>
        Parent is not null || IsTrial || OpensMedia || LacksMms || MessagesPerDay is not null || IsSuspended || Balance is not null || TestCredentials is not null
        || ApiKeys.Count + OAuthApps.Count + ConnectApps.Count + AuthorizedConnectApps.Count > 0;
}

/// <summary>A SID and token with which nothing is kept, sent or charged.</summary>
public sealed record TestCredentialsConfig(string Sid, string AuthToken);

/// <summary>An API key that is there from the start.</summary>
/// <param name="Sid">SK and 32 hex digits; null for one made from the seed.</param>
/// <param name="Secret">Null for one made from the seed.</param>
/// <param name="FriendlyName">What it is called.</param>
/// <param name="Type">How far it reaches.</param>
/// <param name="Allow">Permissions of a restricted key.</param>
public sealed record ApiKeyConfig(string? Sid, string? Secret, string? FriendlyName, ApiKeyType Type, IReadOnlyList<string> Allow);

/// <summary>How far a key reaches.</summary>
public enum ApiKeyType
{
    Standard,
    Main,
    Restricted,
}

/// <summary>An OAuth app that is there from the start.</summary>
/// <param name="ClientId">OQ and 32 letters or digits; null for one made from the seed.</param>
/// <param name="ClientSecret">Null for one made from the seed.</param>
/// <param name="FriendlyName">What it is called.</param>
/// <param name="Allow">What its tokens may do.</param>
/// <param name="TokenLifetime">Null for an hour.</param>
public sealed record OAuthAppConfig(string? ClientId, string? ClientSecret, string? FriendlyName, IReadOnlyList<string> Allow, TimeSpan? TokenLifetime);

/// <summary>A connect app, the words those of its resource.</summary>
public sealed record ConnectAppConfig(string? Sid)
{
    public string? FriendlyName { get; init; }

    public string? CompanyName { get; init; }

    public string? Description { get; init; }

    public string? HomepageUrl { get; init; }

    public string? AuthorizeRedirectUrl { get; init; }

    public string? DeauthorizeCallbackUrl { get; init; }

    public string? DeauthorizeCallbackMethod { get; init; }

    public IReadOnlyList<string> Permissions { get; init; } = [];
}
