using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.Attaching;

/// <summary>What accounts, keys, numbers and applications say in codes of their own.</summary>
internal static class AccountCodes
{
    public static IReadOnlyList<ApiCodes> All { get; } =
    [
        new("api_v2010")
        {
            OwnChecks =
            [
                "CreateIncomingPhoneNumber", "CreateIncomingPhoneNumberLocal", "CreateIncomingPhoneNumberMobile",
                "CreateIncomingPhoneNumberTollFree",
                "UpdateIncomingPhoneNumber", "UpdateShortCode",
            ],
            Parameters =
            [
                new(20002, "account", "FriendlyName"), new(20002, "address", "FriendlyName"),
                new(21402, "application", Format: "uri"), new(21403, "application", Format: "http-method"),
                new(21402, "incoming_phone_number", Format: "uri"), new(21403, "incoming_phone_number", Format: "http-method"),
                new(21402, "short_code", Format: "uri"), new(21403, "short_code", Format: "http-method"),
                new(21475, "account", "Status"),
                new(70001, "key", "FriendlyName"), new(70001, "new_key", "FriendlyName"), new(70001, "signing_key", "FriendlyName"),
                new(70001, "new_signing_key", "FriendlyName"),
                new(21454, "validation_request", "CallDelay"), new(21401, "validation_request", "PhoneNumber"),
                new(21456, "validation_request", "StatusCallback"),
                new(21403, "validation_request", Format: "http-method"),
            ],
        },
        new("iam_v1") { OwnChecks = ["CreateNewKey", "UpdateKey", "CreateToken"] },
        new("iam_organizations") { OwnChecks = ["CreateToken"] },
        new("oauth_v1") { OwnChecks = ["CreateToken"] },
        new("oauth_v2") { OwnChecks = ["CreateOauth2Token"] },
    ];
}
