namespace Swp.Chaos.Members;

internal enum MemberRole
{
    Owner,
    Gateway,
}
